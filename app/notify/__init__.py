"""Telling others what happened: the feed of events, webhooks, and mail to people."""
