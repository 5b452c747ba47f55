import LinearAlgebra

/// A table of mutations (MAF) as a matrix of genes: 1 where a sample has at least one mutation that
/// changes the protein or its splicing, else 0.
///
/// Not counted are the classes in ``silent``. Samples are those that were sequenced
/// (`case_lists/cases_sequenced.txt` or the line `#sequenced_samples:`), so that a sample without any
/// mutation has zeros; without such a list, those with a row. Source: cBioPortal's own filter of
/// mutations (documentation of `Variant_Classification`).
struct CBioPortalMutations {
  /// Classes of variants that leave the protein as it is.
  static let silent: Set<String> = [
    "silent", "intron", "3'utr", "3'flank", "5'utr", "5'flank", "igr", "rna", "lincrna",
    "targeted_region", "synonymous_variant",
  ]

  /// Genes in order of their names.
  let genes: [String]
  let samples: [String]
  /// Genes × samples, 0 or 1.
  let matrix: Matrix
  let notices: [CohortNotice]

  /// Reads a MAF; only three of its columns matter.
  ///
  /// - Throws: `malformedTable` without these columns or without a counted row.
  init(_ text: TabbedText, sequenced: [String]) throws(CohortError) {
    let content = text.content
    guard let first = content.first else {
      throw text.malformed(found: "an empty file", expected: "a table of mutations (MAF)")
    }
    let header = try text.fields(first).map { $0.lowercased() }
    guard let gene = header.firstIndex(of: "hugo_symbol"),
      let sample = header.firstIndex(of: "tumor_sample_barcode"),
      let kind = header.firstIndex(of: "variant_classification")
    else {
      throw text.malformed(
        first, found: CohortError.listing(header.prefix(6).map(CohortError.quoting)),
        expected: "columns Hugo_Symbol, Tumor_Sample_Barcode and Variant_Classification")
    }
    let last = max(gene, sample, kind)
    var mutated = [String: Set<String>]()
    var (seen, silent) = (Set<String>(), 0)
    for line in content.dropFirst() {
      let fields = try text.fields(line, limit: last + 1)
      guard fields.count > last, !fields[gene].isEmpty, !fields[sample].isEmpty else {
        throw text.malformed(
          line, found: "a row without gene, sample or class of its variant",
          expected: "\(last + 1) fields or more")
      }
      seen.insert(fields[sample])
      guard !Self.silent.contains(fields[kind].lowercased()) else {
        silent += 1
        continue
      }
      mutated[fields[gene], default: []].insert(fields[sample])
    }
    let listed = try sequenced + Self.sequenced(text)
    var order = [String]()
    var known = Set<String>()
    for name in listed + seen.sorted(by: { $0.precedes($1) }) where known.insert(name).inserted {
      order.append(name)
    }
    samples = order
    genes = mutated.keys.sorted { $0.precedes($1) }
    guard !genes.isEmpty else {
      throw text.malformed(found: "no mutation that changes a protein", expected: "at least one")
    }
    guard genes.count * samples.count <= max(1 << 24, 128 * text.bytes.count) else {
      throw text.malformed(
        found: "\(genes.count) genes and \(samples.count) samples in so few rows",
        expected: "a table of mutations")
    }
    var matrix = Matrix(rows: genes.count, columns: order.count)
    for (row, gene) in genes.enumerated() {
      for (column, sample) in order.enumerated() where mutated[gene]?.contains(sample) == true {
        matrix[row, column] = 1
      }
    }
    self.matrix = matrix
    notices = [
      .note(
        "mutations",
        "1 is a gene with at least one mutation that changes the protein or its splicing; \(silent) "
          + "silent and non-coding rows do not count"
          + (listed.isEmpty
            ? "; samples without a row are unknown, since no list of sequenced samples is there."
            : "."),
        place: text.file)
    ]
  }

  /// The samples of a comment line `#sequenced_samples: A B C`.
  private static func sequenced(_ text: TabbedText) throws(CohortError) -> [String] {
    for line in text.lines.prefix(10) where text.isComment(line) {
      let words = String(decoding: text.bytes[line.range], as: UTF8.self)
        .split(whereSeparator: \.isWhitespace)
      if words.first == "#sequenced_samples:" { return words.dropFirst().map(String.init) }
    }
    return []
  }
}
