/// Which class a medicine is of, by its generic names: `Config/medicines.toml`.
public struct MedicineTable: Hashable, Sendable {
  /// By generic name, in small letters.
  public var classes: [String: Medicine.Class] = [:]

  public init() {}

  /// - Parameter name: as the person wrote it; other words in it, such as a dose, are passed over.
  /// - Returns: `combination` for more than one painkiller, else the class of the first that is known; `unsure` where
  ///   none is.
  public func `class`(of name: String) -> Medicine.Class {
    let found = classes(in: name)
    if found.contains(.combination) || found.count(where: { $0 != .other }) > 1 { return .combination }
    return found.first { $0 != .other } ?? found.first ?? .unsure
  }

  /// Of each medicine that is named, once.
  private func classes(in name: String) -> [Medicine.Class] {
    let words = name.lowercased().split { " ,;/+&()".contains($0) }.map(String.init)
    var names: [String] = []
    for (place, word) in words.enumerated() {
      let pair = place + 1 < words.count ? "\(word) \(words[place + 1])" : word
      guard let known = [pair, word].first(where: { classes[$0] != nil }), !names.contains(known) else { continue }
      names.append(known)
    }
    return names.compactMap { classes[$0] }
  }

  /// Takes "ibuprofen 400 mg" apart: the dose begins with the first word that begins with a digit.
  public static func parts(of text: String) -> (name: String, dose: String?) {
    let words = text.split(separator: " ")
    let start = words.dropFirst().firstIndex { $0.first?.isNumber == true } ?? words.endIndex
    let dose = words[start...].joined(separator: " ")
    return (words[..<start].joined(separator: " "), dose.isEmpty ? nil : dose)
  }
}
