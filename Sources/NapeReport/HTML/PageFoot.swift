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

  /// What is printed wherever nape speaks of itself (§1 of the design).
  static let intendedUse =
    "nape is a private diary and reminder. It records time at the desk and the headaches that you enter, reminds you to "
    + "move, and prints your records so that you can discuss them with a health professional. It does not diagnose, "
    + "predict, treat or monitor a disease. If you have a warning sign, get medical help."
}
