import LinearAlgebra

/// Reads GCT files of the Broad Institute, versions 1.2 and 1.3: features in rows, samples in columns.
///
/// ```
/// #1.2                               #1.3
/// rows<tab>columns                   rows<tab>columns<tab>rowMetadata<tab>columnMetadata
/// Name<tab>Description<tab>S1…       id<tab>rowField1…<tab>S1…
/// G1<tab>text<tab>1.5…               columnField1<tab>na…<tab>value…   (one line a column field)
///                                    G1<tab>rowValue1…<tab>1.5…
/// ```
/// Fields of the columns (1.3) become texts beside the samples, which `--label`, `--group` and `--where`
/// may name; fields of the rows are left out with a note. Source: GenePattern file format guide;
/// Enache et al., Bioinformatics 35 (2019) 1427, for 1.3.
struct GCTReader: TableReader {
  let format = "gct"
  let usualExtensions = ["gct"]

  func recognizes(name: String, head: [UInt8]) -> Bool {
    Self.version(
      String(decoding: head.prefix(16), as: UTF8.self).split(whereSeparator: \.isNewline)
        .first) != nil
  }

  private static func version(_ line: Substring?) -> String? {
    guard let line else { return nil }
    let word = line.split(whereSeparator: { $0 == "\t" || $0 == " " || $0 == "," }).first
    return word == "#1.2" || word == "#1.3" ? String(word ?? "") : nil
  }

  func read(_ file: SourceFile, _ request: TableRequest) throws(CohortError) -> NamedTable {
    let text = try TabbedText(file.bytes, file: file.name)
    guard let first = text.lines.first, let version = Self.version(try text.fields(first)[0][...])
    else {
      throw text.malformed(found: "no version in the first line", expected: "#1.2 or #1.3")
    }
    guard text.lines.count >= 3 else {
      throw text.malformed(
        found: "\(text.lines.count) line\(text.lines.count == 1 ? "" : "s")",
        expected: "a version, counts, a header and rows")
    }
    let counts = try Counts(text, text.lines[1], version)
    let header = try header(text, counts)
    let annotations = try annotations(text, header, counts)
    let body = text.lines[(3 + counts.columnFields)...]
    guard body.count == counts.rows else {
      throw text.malformed(
        text.lines[1], found: "\(body.count) rows of measurements",
        expected: "\(counts.rows), as the second line says")
    }
    let matrix = try FeatureMatrix(
      text, rows: body,
      FeatureMatrix.Layout(
        header: header, keys: [0],
        samples: Array((1 + counts.rowFields)..<header.count), missing: Self.missing))
    return NamedTable(
      file: file.name, rowNames: matrix.keys[0], columnNames: matrix.samples,
      numbers: matrix.numbers, orientation: .samplesInColumns, annotations: annotations,
      rowLines: matrix.lines, notices: text.notices + notices(header, counts, file.name))
  }

  /// Words for missing that cmapPy takes as such.
  private static let missing = MissingWords([
    "na", "N/A", "#N/A", "#NA", "NULL", "-NaN", "-nan", "#N/A!", "None", "#VALUE!",
  ])

  /// The second line.
  private struct Counts {
    let rows: Int
    let columns: Int
    /// Columns of metadata before the samples (1.2: the description).
    let rowFields: Int
    /// Rows of metadata above the measurements.
    let columnFields: Int

    init(_ text: TabbedText, _ line: TabbedText.Line, _ version: String) throws(CohortError) {
      var fields = try text.fields(line)
      while fields.count > 2, fields.last == "" { fields.removeLast() }
      let numbers = fields.compactMap(Int.init).filter { $0 >= 0 }
      let count = version == "#1.2" ? 2 : 4
      guard fields.count == count, numbers.count == count else {
        throw text.malformed(
          line, found: CohortError.quoting(fields.joined(separator: " ")),
          expected: "\(count) counts separated by tabs")
      }
      rows = numbers[0]
      columns = numbers[1]
      rowFields = count == 2 ? 1 : numbers[2]
      columnFields = count == 2 ? 0 : numbers[3]
      // Each count is at most the number of lines or bytes, so that sums below cannot overflow.
      guard rows <= text.lines.count, columnFields <= text.lines.count - 3,
        columns <= text.bytes.count, rowFields <= text.bytes.count
      else {
        throw text.malformed(
          line, found: CohortError.quoting(fields.joined(separator: " ")),
          expected: "counts that the file below bears out",
          remedy: "download the file again: it seems to end early")
      }
    }
  }

  private func header(_ text: TabbedText, _ counts: Counts) throws(CohortError) -> [String] {
    var header = try text.fields(text.lines[2])
    let width = 1 + counts.rowFields + counts.columns
    while header.count > width, header.last == "" { header.removeLast() }
    guard header.count == width else {
      throw text.malformed(
        text.lines[2], found: "a header of \(header.count) fields",
        expected: "\(width): one for names, \(counts.rowFields) for texts of rows and "
          + "\(counts.columns) samples, as the second line says")
    }
    if let index = header.indices.dropFirst(1 + counts.rowFields).first(where: {
      header[$0].isEmpty
    }) {
      throw CohortError(
        .emptyName, file: text.file, line: text.lines[2].number, column: index + 1,
        found: "an empty sample name")
    }
    return header
  }

  private func annotations(
    _ text: TabbedText, _ header: [String], _ counts: Counts
  ) throws(CohortError) -> [NamedTable.Annotation] {
    var result = [NamedTable.Annotation]()
    for line in text.lines[3..<(3 + counts.columnFields)] {
      var fields = try text.fields(line)
      while fields.count > header.count, fields.last == "" { fields.removeLast() }
      guard fields.count == header.count else {
        throw text.malformed(
          line, found: "a row of \(fields.count) fields",
          expected: "\(header.count) fields, as in the header")
      }
      guard !result.contains(where: { $0.name == fields[0] }) else {
        throw CohortError(
          .duplicateFeature, file: text.file, line: line.number, columnName: fields[0])
      }
      result.append(
        NamedTable.Annotation(
          name: fields[0],
          texts: fields[(1 + counts.rowFields)...].map {
            // -666 is the format's own mark for missing metadata.
            Self.missing.contains($0) || $0 == "-666" ? nil : $0
          }))
    }
    return result
  }

  private func notices(
    _ header: [String], _ counts: Counts, _ file: String
  ) -> [CohortNotice] {
    guard counts.rowFields > 0 else { return [] }
    let names = header[1..<(1 + counts.rowFields)].map(CohortError.quoting)
    return [
      .note(
        "row-metadata", "Texts of features left out: \(CohortError.listing(names)).", place: file)
    ]
  }
}
