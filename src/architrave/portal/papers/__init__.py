"""Papers: what a page shows, to print and to keep, as Word (DOCX) and tagged PDF.

`matter_paper`, `charter_paper` and `register_paper` build one typed `model.Paper` from the contexts
of the pages; `docx_paper` and `pdf_paper` write it; `press` keeps what was written.
"""
