"""The site of a show: one page for the show, one per episode, one style sheet, one script."""

from narrator.publish.site.index import Rows, write_index
from narrator.publish.site.page import write_assets, write_page
from narrator.publish.site.render import load_templates

__all__ = ["Rows", "load_templates", "write_assets", "write_index", "write_page"]
