"""The tests mirror the packages; tests/browser drives a real Chromium."""
