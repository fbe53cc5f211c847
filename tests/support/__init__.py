"""What tests share: databases, a running service, a browser."""
