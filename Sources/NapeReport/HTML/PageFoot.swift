/// The end of a page: what nape is for, which version printed it, and where on the review the page is.
struct PageFoot {
  let version: String
  let page: Int
  let pages: Int
  let text: String

  var html: HTML {
    HTML("footer") {
      HTML("p") {
        text
        " "
        HTML("span", ["class": "no"]) { "nape \(version) · page \(page) of \(pages)" }
      }
    }
  }
}
