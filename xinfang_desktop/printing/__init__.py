"""Papers (文书): facts and a template make a PDF; nothing here knows rows, screens or files
of the store. Start with ``catalogue.FORMS``, ``render.Printer`` and ``check.check``."""
