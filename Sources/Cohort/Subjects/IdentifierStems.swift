/// What sample identifiers have in common where several samples belong to one subject: `P01_a` and
/// `P01_b`, `P01.1`, `P01-T1`, `T1_P01`, `P01a`.
enum IdentifierStems {
  /// A way to split an identifier into a stem and the name of a sample of that subject.
  private enum Split: CaseIterable {
    /// At the last separator: `P01_a`, and TCGA's `TCGA-OR-A5J1-01`.
    case last
    /// At the first separator: `T1_P01`.
    case first
    /// Before a letter behind a digit: `P01a`.
    case letter

    func parts(of name: String) -> (stem: Substring, token: Substring)? {
      func isSeparator(_ character: Character) -> Bool { "_-.:/ #".contains(character) }
      switch self {
      case .last:
        guard let at = name.lastIndex(where: isSeparator), at > name.startIndex else { return nil }
        return (name[..<at], name[name.index(after: at)...])
      case .first:
        guard let at = name.firstIndex(where: isSeparator), at > name.startIndex else { return nil }
        return (name[name.index(after: at)...], name[..<at])
      case .letter:
        guard let token = name.last, token.isLetter, name.dropLast().last?.isNumber == true else {
          return nil
        }
        return (name.dropLast(), name.suffix(1))
      }
    }
  }

  /// Stems of samples by each way in which names of samples recur between subjects, that is, in
  /// which there are at most a third as many of them as samples; nil for an identifier that cannot
  /// be split.
  ///
  /// A running number at the end (`Sample_1`, TCGA's patients within a site) does not recur.
  static func candidates(_ names: [String]) -> [[String?]] {
    Split.allCases.compactMap { split in
      let parts = names.map { split.parts(of: $0) }
      let tokens = Set(parts.compactMap { $0?.token })
      guard !tokens.isEmpty, 3 * tokens.count <= names.count else { return nil }
      return parts.map { part in part.map { String($0.stem) } }
    }
  }
}
