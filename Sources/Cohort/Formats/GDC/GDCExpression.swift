import Foundation

/// Gene expression of one sample as GDC's STAR workflow writes it.
///
/// `# gene-model: …`, a header `gene_id gene_name gene_type unstranded … tpm_unstranded …`, four rows
/// `N_*` of counts, then versioned Ensembl identifiers.
struct GDCExpression {
  /// Ensembl identifiers without version, in the order of the file.
  let genes: [String]
  /// log2(TPM + 1) of each gene.
  let values: [Double]

  /// Whether the bytes begin as such a file.
  static func isExpression(_ head: [UInt8]) -> Bool {
    head.starts(with: Array("# gene-model".utf8))
      && HeadLine.fields(head, separator: UInt8(ascii: "\t")).first == "gene_id"
  }

  /// Reads the column `tpm_unstranded`; `known` are the genes of an earlier file, whose names are taken
  /// over where they agree.
  ///
  /// - Throws: `malformedTable` without the columns; `notANumber`, `infiniteValue`, and
  ///   `invalidTransform` for a negative value.
  init(_ bytes: [UInt8], file: String, known: [String] = []) throws(CohortError) {
    let text = try TabbedText(bytes, file: file)
    let content = text.content
    guard let first = content.first else {
      throw text.malformed(found: "an empty file", expected: "a table of genes")
    }
    let header = try text.fields(first)
    guard let gene = header.firstIndex(of: "gene_id"),
      let column = header.firstIndex(of: "tpm_unstranded")
    else {
      throw text.malformed(
        first, found: CohortError.listing(header.map(CohortError.quoting)),
        expected: "columns gene_id and tpm_unstranded",
        remedy: "download files of the workflow STAR - Counts")
    }
    var rows = [TabbedText.Line]()
    for line in content.dropFirst() where !text.bytes[line.range].starts(with: Array("N_".utf8)) {
      rows.append(line)
    }
    let matrix = try FeatureMatrix(
      text, rows: rows[...],
      FeatureMatrix.Layout(header: header, keys: [gene], samples: [column]))
    var (genes, values) = ([String](), [Double]())
    for (row, name) in matrix.keys[0].enumerated() {
      guard !name.isEmpty else {
        throw CohortError(
          .emptyName, file: file, line: matrix.lines[row], found: "an empty gene_id")
      }
      genes.append(Self.bareName(name))
      let value = matrix.numbers[row, 0]
      guard value.isNaN || value >= 0 else {
        throw CohortError(
          .invalidTransform, file: file, line: matrix.lines[row], columnName: "tpm_unstranded",
          found: "\(value)", expected: "values of 0 or more", remedy: "download the file again")
      }
      values.append(log2(value + 1))
    }
    // One copy of the names serves all samples.
    self.genes = genes == known ? known : genes
    self.values = values
  }

  /// The identifier without its version; the mark of the pseudoautosomal copy on Y stays:
  /// `ENSG00000182378.15_PAR_Y` is `ENSG00000182378_PAR_Y`.
  static func bareName(_ name: String) -> String {
    guard let point = name.firstIndex(of: ".") else { return name }
    let version = name[name.index(after: point)...]
    return String(name[..<point]) + version.drop(while: \.isNumber)
  }
}
