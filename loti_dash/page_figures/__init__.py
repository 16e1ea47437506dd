"""The figures of the pages, below the pages: what each shows and what is taken away of it.

One module for each kind of figure. Pages draw them, and shared views, packs and feeds make the
very same ones without a page.
"""
