"""The site of a show: one page for the show, one per episode, one style sheet, one script."""

from narrator.publish.site.write import load_templates, write_site

__all__ = ["load_templates", "write_site"]
