/// Names of genes that a spreadsheet turned into dates: `1-Mar` was `MARCH1`, `2-Sep` was `SEPT2`.
///
/// The genes have been renamed for that reason (Bruford et al., Nature Genetics 52, 2020: MARCHF1,
/// SEPTIN2, DELEC1); files written before, or by a spreadsheet, still have the dates.
enum SpreadsheetDates {
  private static let families = [
    "mar": "MARCHF (MARCH) or MTARC (MARC)", "sep": "SEPTIN (SEPT)", "dec": "DELEC1 (DEC1)",
    "oct": "POU (OCT)", "feb": "FEB", "apr": "APR", "nov": "NOV", "jan": "JAN", "may": "MAY",
    "jun": "JUN", "jul": "JUL", "aug": "AUG",
  ]

  /// A warning with their number and the likely genes; nil where no name is a date.
  ///
  /// A serial number of a day (`43891` is 1 March 2020) counts only beside dates that are written out,
  /// or where no other name is a number.
  static func notice(_ features: [String], file: String) -> CohortNotice? {
    let dates = features.filter { month(of: $0) != nil }
    let numbers = features.filter { $0.allSatisfy(\.isNumber) }
    let serials = features.filter(isSerial)
    let areSerialsDates =
      !dates.isEmpty
      || !serials.isEmpty && serials.count == numbers.count && 10 * serials.count < features.count
    let all = dates + (areSerialsDates ? serials : [])
    guard !all.isEmpty else { return nil }
    let genes = Set(dates.compactMap { month(of: $0).flatMap { families[$0] } }).sorted()
    return .warning(
      "spreadsheet-dates",
      "\(all.count) feature name\(all.count == 1 ? " is a date" : "s are dates"), as spreadsheets "
        + "write for genes: \(CohortError.listing(all.map(CohortError.quoting)))"
        + (genes.isEmpty ? "." : "; likely \(genes.joined(separator: ", "))."),
      place: file,
      remedy: "take the names from the original file, with its columns of names imported as text")
  }

  /// The month of `1-Mar`, `Mar-01`, `01-Mar-20`, `2020-03-01`; nil for other names.
  private static func month(of name: String) -> String? {
    let parts = name.lowercased().split(whereSeparator: { "-/ ".contains($0) })
    guard parts.count == 2 || parts.count == 3, name.count <= 11 else { return nil }
    let words = parts.filter { families[String($0.prefix(3))] != nil && $0.allSatisfy(\.isLetter) }
    let days = parts.filter { $0.count <= 4 && $0.allSatisfy(\.isNumber) }
    if words.count == 1, words[0].count == 3 || words[0].count > 5 || words[0] == "sept",
      days.count == parts.count - 1
    {
      return String(words[0].prefix(3))
    }
    guard parts.count == 3, days.count == 3, parts[0].count == 4, let number = Int(parts[1]),
      (1...12).contains(number)
    else { return nil }
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    return months[number - 1]
  }

  /// Days since 1900 of the years 2000 to 2030.
  private static func isSerial(_ name: String) -> Bool {
    name.count == 5 && Int(name).map { (36_526...47_848).contains($0) } == true
  }
}
