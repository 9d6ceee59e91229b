"""Uploads: files of providers and intake that are received first and worked off by the worker."""
