import NapeCore

/// Pieces that many sections have.
extension HTML {
  /// A section with its heading, which names it for screen readers.
  ///
  /// - Parameters:
  ///   - id: within the page.
  ///   - aside: beside the heading, small.
  static func section(
    _ id: String, _ title: String, aside: String? = nil, class style: String? = nil,
    @HTMLBuilder content: () -> [HTML]
  ) -> HTML {
    HTML("section", ["aria-labelledby": id, "class": style]) {
      heading(id, title, aside: aside)
      content()
    }
  }

  static func heading(_ id: String, _ title: String, aside: String? = nil) -> HTML {
    HTML("h2", ["id": id]) {
      HTML("span") { title }
      if let aside { HTML("small") { aside } }
    }
  }

  /// For screen readers alone.
  static func hidden(_ text: String) -> HTML { HTML("span", ["class": "vh"]) { text } }

  static func bold(_ text: String) -> HTML { HTML("b") { text } }

  static func small(@HTMLBuilder content: () -> [HTML]) -> HTML { HTML("p", ["class": "sm"], content: content) }

  static func time(_ date: LocalDate, _ text: String) -> HTML { HTML("time", ["datetime": date.description]) { text } }

  /// A table of one figure a row.
  static func figures(_ caption: String, _ rows: [(title: String, figure: [HTML])]) -> HTML {
    HTML("table", ["class": "figs"]) {
      HTML("caption", ["class": "vh"]) { caption }
      HTML("tbody") {
        for row in rows {
          HTML("tr") {
            HTML("th", ["scope": "row"]) { row.title }
            HTML("td", ["class": "r"]) { row.figure }
          }
        }
      }
    }
  }

  /// A figure with what it is of: **65** of 127.
  static func figure(_ number: String, _ rest: String = "") -> [HTML] {
    [bold(number)] + (rest.isEmpty ? [] : [HTML(text: " " + rest)])
  }

  /// What the person wrote, in quotes, whatever direction it is written in.
  static func said(_ text: String, atMost width: Int) -> [HTML] {
    [HTML(text: "“"), HTML("bdi") { PersonsText.fit(text, atMost: width) }, HTML(text: "”")]
  }
}
