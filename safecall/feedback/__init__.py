"""What people say of the police afterwards: three answers, and complaints. Nobody is named."""
