"""Benchmarks: run by hand or by make bench, never as a timed assert in a test."""
