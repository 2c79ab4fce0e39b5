"""The pages of the forum on economic security: finished figures beside what the record holds."""
