"""Papers: what a page shows, to print and to keep, as tagged PDF, Word (DOCX) and plain text.

`matter_paper`, `charter_paper` and `register_paper` build one typed `model.Paper` from the contexts
of the pages; `pdf_paper`, `docx_paper` and `text_paper` write it; `press` keeps what was written.
"""
