"""The engine: problem, pairs, risk, plan, check, explanation. Pure."""
