/// How identifiers are changed before files are joined; `sample_id` in `cohort.yaml`.
struct SampleRule: Equatable, Sendable {
  /// One change of an identifier.
  enum Step: Equatable, Hashable, Sendable {
    /// TCGA barcodes, also with points, to the 12 characters of the patient; others as they are.
    case tcgaPatient
    /// To their first characters.
    case prefix(Int)
    /// Points and underscores read as dashes, since R's `make.names` writes `.` for `-`.
    case dotsAsDashes
    /// Without the `X` that R puts before a name that begins with a digit.
    case dropX
    /// Without zeros before a number, which spreadsheets lose.
    case dropLeadingZeros
    /// Without `.0` behind a whole number, which pandas writes where a column has gaps.
    case dropPointZero
    /// In lower case.
    case ignoreCase
    /// Without blanks.
    case dropBlanks
    /// Without the last part behind `-`, `_` or `.`: `P001-01` is `P001`.
    case dropSuffix

    /// The word in `cohort.yaml`.
    var word: String {
      switch self {
      case .tcgaPatient: "tcga-patient"
      case .prefix(let count): "{prefix: \(count)}"
      case .dotsAsDashes: "dots-as-dashes"
      case .dropX: "drop-x"
      case .dropLeadingZeros: "drop-leading-zeros"
      case .dropPointZero: "drop-point-zero"
      case .ignoreCase: "ignore-case"
      case .dropBlanks: "drop-blanks"
      case .dropSuffix: "drop-suffix"
      }
    }

    /// Why identifiers differ by this step, for messages.
    var reason: String {
      switch self {
      case .tcgaPatient: "barcodes of samples and of patients"
      case .prefix: "what follows the prefix"
      case .dotsAsDashes: "points or underscores in place of dashes, as R's make.names writes"
      case .dropX: "an X before a digit, as R's make.names writes"
      case .dropLeadingZeros: "zeros before numbers, which spreadsheets lose"
      case .dropPointZero: "'.0' behind whole numbers, as pandas writes beside gaps"
      case .ignoreCase: "upper and lower case"
      case .dropBlanks: "blanks"
      case .dropSuffix: "the part behind the last '-', '_' or '.'"
      }
    }

    /// Steps with a word of their own.
    static let named: [Step] = [
      .tcgaPatient, .dotsAsDashes, .dropX, .dropLeadingZeros, .dropPointZero, .ignoreCase,
      .dropBlanks, .dropSuffix,
    ]

    /// The identifier after this step.
    func apply(_ name: String) -> String {
      switch self {
      case .tcgaPatient:
        return name.hasPrefix("TCGA-") ? String(name.prefix(12)) : name
      case .prefix(let count): return String(name.prefix(count))
      case .dotsAsDashes: return String(name.map { $0 == "." || $0 == "_" ? "-" : $0 })
      case .dropX:
        guard name.first == "X", name.dropFirst().first?.isNumber == true else { return name }
        return String(name.dropFirst())
      case .dropLeadingZeros:
        let kept = name.drop { $0 == "0" }
        return kept.first?.isNumber == true ? String(kept) : name
      case .dropPointZero:
        guard name.hasSuffix(".0"), name.count > 2, name.dropLast(2).allSatisfy(\.isNumber)
        else { return name }
        return String(name.dropLast(2))
      case .ignoreCase: return name.lowercased()
      case .dropBlanks: return name.filter { !$0.isWhitespace }
      case .dropSuffix:
        guard let end = name.lastIndex(where: { "-_.".contains($0) }), end > name.startIndex
        else { return name }
        return String(name[..<end])
      }
    }
  }

  /// Steps in the order they are taken.
  let steps: [Step]

  /// A rule of the given steps.
  init(_ steps: [Step]) { self.steps = steps }

  /// Identifiers as they are.
  static let exact = SampleRule([])

  /// The identifier to join by.
  func apply(_ identifier: String) -> String {
    steps.reduce(identifier) { $1.apply($0) }
  }

  /// The rule as it is written in `cohort.yaml`.
  var line: String {
    switch steps.count {
    case 0: "sample_id: exact"
    case 1: "sample_id: \(steps[0].word)"
    default: "sample_id: [\(steps.map(\.word).joined(separator: ", "))]"
    }
  }
}
