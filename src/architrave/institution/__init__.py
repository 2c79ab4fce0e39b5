"""The institution: which acts count, and what stands, is owed and is pending at any cut."""
