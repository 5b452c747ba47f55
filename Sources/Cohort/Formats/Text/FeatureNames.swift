/// Unique names of features that files name by gene symbols.
///
/// The Hugo symbol where it occurs once; where it repeats, symbol and Entrez number (`SYMBOL|123`);
/// where it is empty, the Entrez number. What is still not unique gets `.2`, `.3` and so on.
struct FeatureNames {
  /// What names one row.
  struct Keys: Hashable {
    let symbol: String
    let entrez: String
  }

  /// Which columns of names hold symbol and number.
  struct Columns {
    private let symbol: Int?
    private let entrez: Int?

    /// Finds them by lowercase names; nil where there is neither.
    init?(_ names: [String]) {
      let symbols = [
        "entity_stable_id", "composite.element.ref", "hugo_symbol", "gene symbol", "gene_symbol",
        "gene",
      ]
      symbol = symbols.compactMap { names.firstIndex(of: $0) }.first
      entrez =
        ["entrez_gene_id", "locus id", "locus_id"].compactMap { names.firstIndex(of: $0) }
        .first
      if symbol == nil, entrez == nil { return nil }
    }

    /// The keys of a row.
    func keys(_ columns: [[String]], row: Int) -> Keys {
      Keys(
        symbol: symbol.map { columns[$0][row] } ?? "", entrez: entrez.map { columns[$0][row] } ?? ""
      )
    }
  }

  /// One name a row.
  let names: [String]
  /// What was changed.
  let notices: [CohortNotice]

  /// Names rows.
  init(_ keys: [Keys], file: String) {
    var counts = [String: Int]()
    for key in keys { counts[key.symbol, default: 0] += 1 }
    var used = [String: Int]()
    var (names, byNumber, suffixed) = ([String](), 0, 0)
    for key in keys {
      let hasNumber = !key.entrez.isEmpty && !CellText.isMissing(key.entrez)
      let hasSymbol = !key.symbol.isEmpty && !CellText.isMissing(key.symbol)
      var name = hasSymbol ? key.symbol : hasNumber ? key.entrez : "unnamed"
      if hasSymbol, hasNumber, counts[key.symbol, default: 0] > 1 {
        name = "\(key.symbol)|\(key.entrez)"
      }
      if name != key.symbol { byNumber += 1 }
      var unique = name
      var copy = used[name] ?? 0
      if copy > 0 {
        suffixed += 1
        repeat {
          copy += 1
          unique = "\(name).\(copy)"
        } while used[unique] != nil
        used[name] = copy
      } else {
        used[name] = 1
      }
      if unique != name { used[unique] = 1 }
      names.append(unique)
    }
    self.names = names
    var notices = [CohortNotice]()
    if byNumber > 0 {
      notices.append(
        .note(
          "feature-names",
          "\(byNumber) rows with a repeated or empty symbol are named by their Entrez number.",
          place: file))
    }
    if suffixed > 0 {
      notices.append(
        .note(
          "feature-names", "\(suffixed) rows of a name that is there already got a suffix (.2, …).",
          place: file))
    }
    self.notices = notices
  }
}
