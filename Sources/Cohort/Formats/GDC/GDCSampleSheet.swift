/// The sample sheet of a GDC download: which file is whom.
struct GDCSampleSheet {
  /// One file of the download.
  struct Entry {
    /// Path in the folder: the name, or `<file id>/<name>`.
    let path: String
    /// Case identifier, which names the patient.
    let patient: String
    let sample: String
    /// Whether the sample is a primary tumor.
    let isPrimary: Bool
    /// Words of the sheet for the kind of sample.
    let sampleType: String
  }

  /// File name of the sheet.
  let file: String
  /// Files of the sheet that are in the folder.
  private(set) var entries = [Entry]()
  /// Number of files of the sheet that are not in the folder.
  private(set) var absentCount = 0
  /// Their first names.
  private(set) var absent = [String]()

  /// Whether a header is that of a sample sheet.
  static func isSheet(_ head: [UInt8]) -> Bool {
    HeadLine.fields(head, separator: UInt8(ascii: "\t")).prefix(2) == ["FileID", "FileName"]
  }

  /// Reads a sheet.
  ///
  /// - Throws: `malformedTable` without its columns.
  init(_ bytes: [UInt8], file: String, in folder: CohortFolder) throws(CohortError) {
    self.file = file
    let table = try TextTable(try TabbedText(bytes, file: file))
    guard let id = table.position(of: "File ID"), let name = table.position(of: "File Name"),
      let patient = table.position(of: "Case ID"), let sample = table.position(of: "Sample ID")
    else {
      throw CohortError(
        .malformedTable, file: file,
        found: CohortError.listing(table.header.map(CohortError.quoting)),
        expected: "columns File ID, File Name, Case ID and Sample ID",
        remedy: "download the sample sheet from the cart of GDC's portal")
    }
    let kinds = ["Sample Type", "Tissue Type", "Tumor Descriptor"].compactMap {
      table.position(of: $0)
    }
    let known = Set(folder.fileNames)
    var inFolder = [String: Set<String>]()
    for row in table.rows.indices {
      let (fileName, folderName) = (table.cell(row, name), table.cell(row, id))
      var path: String?
      if known.contains(fileName) {
        path = fileName
      } else if folder.folderNames.contains(folderName) {
        if inFolder[folderName] == nil {
          inFolder[folderName] = Set(try folder.fileNames(in: folderName))
        }
        let candidate = "\(folderName)/\(fileName)"
        if inFolder[folderName]?.contains(candidate) == true { path = candidate }
      }
      guard let path else {
        absentCount += 1
        if absent.count < 8 { absent.append(fileName) }
        continue
      }
      let words = kinds.map { table.cell(row, $0) }.filter { !$0.isEmpty }
      entries.append(
        Entry(
          path: path, patient: Self.first(table.cell(row, patient)),
          sample: Self.first(table.cell(row, sample)), isPrimary: Self.isPrimary(words),
          sampleType: words.joined(separator: " ")))
    }
  }

  /// Files of two samples name both, separated by commas: the first one counts.
  private static func first(_ cell: String) -> String {
    String(cell.split(separator: ",").first ?? "")
  }

  /// `Primary Tumor`, `Primary Blood Derived Cancer - …`, or (since 2024) `Tumor` and `Primary`.
  private static func isPrimary(_ words: [String]) -> Bool {
    let text = words.joined(separator: " ").lowercased()
    return text.contains("primary") && !text.contains("normal") && !text.contains("additional")
  }
}
