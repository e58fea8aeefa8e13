// The list pages carry only the number of pages, as real ones do; this script writes the links a reader clicks.
function createPageHTML(pages, current, name, extension) {
  var links = [];
  for (var page = 0; page < pages; page += 1) {
    var file = name + (page === 0 ? "" : "_" + page) + "." + extension;
    links.push(page === current ? "<b>" + (page + 1) + "</b>" : '<a href="' + file + '">' + (page + 1) + "</a>");
  }
  document.write('<p class="pages">' + links.join("") + "</p>");
}

function showPager(options) {
  createPageHTML(options.countPage, options.currentPage - 1, options.PAGE_NAME, options.PAGE_EXT);
}
