"""What the catalog's pages show, assembled from several domains."""

from nok.catalog.queries.article_pages import article_page as article_page
from nok.catalog.queries.article_pages import article_revision as article_revision
from nok.catalog.queries.listing import CatalogPage as CatalogPage
from nok.catalog.queries.listing import catalog_page as catalog_page
from nok.catalog.queries.pages import course_page as course_page
from nok.catalog.queries.pages import teacher_page as teacher_page
from nok.catalog.queries.search import search_page as search_page
from nok.catalog.queries.site_map import site_map as site_map
