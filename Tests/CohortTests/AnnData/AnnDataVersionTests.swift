import HDF5
import LinearAlgebra
import Testing

@testable import Cohort

/// Every version's files are read as the field's own reader reads them, to the last digit.
@Suite struct AnnDataVersionTests {
  @Test(arguments: AnnDataExpectation.files(".h5ad"))
  func anndata(_ file: String) throws {
    let expected = try #require(AnnDataExpectation.all[file])
    let bytes = try AnnDataExpectation.bytes(of: file)
    guard let table = expected.table else {
      #expect(throws: HDF5Error.self) { try read(bytes, .main) }
      return
    }
    let content = try read(bytes, .main)
    expect(content, expected)
    expect(content.values, table)
    for (name, layer) in expected.layers ?? [:] {
      expect(try read(bytes, .layer(name)).values, layer)
    }
    for (name, embedding) in expected.embeddings ?? [:] {
      let content = try read(bytes, .embedding(name))
      expect(content.values, embedding)
      #expect(content.features == (1...content.values.columnCount).map { "\(name)_\($0)" })
    }
  }

  @Test(arguments: AnnDataExpectation.files(".h5mu"))
  func mudata(_ file: String) throws {
    let expected = try #require(AnnDataExpectation.all[file])
    let bytes = try AnnDataExpectation.bytes(of: file)
    let content = try MuDataContent(HDF5File(bytes).root, .main)
    #expect(content.samples == expected.samples)
    // mudata adds columns of modalities when it reads; the file has them with the modality.
    expect(content.columns, expected.columns.filter { !$0.key.contains(":") })
    #expect(content.modalities.map(\.name) == expected.order)
    for modality in content.modalities {
      let part = try #require(expected.modalities?[modality.name])
      expect(modality.content, part)
      expect(modality.content.values, try #require(part.table))
    }
  }

  @Test func aFileWithoutMainTableNamesItsLayers() throws {
    let bytes = try AnnDataExpectation.bytes(of: "anndata-0.12-without-x.h5ad")
    let error = #expect(throws: HDF5Error.self) { try read(bytes, .main) }
    #expect(error?.code == .missing)
    #expect(error?.path == "/X")
  }

  @Test func anUnknownLayerNamesTheOthers() throws {
    let bytes = try AnnDataExpectation.bytes(of: "anndata-0.12-dense.h5ad")
    let error = #expect(throws: HDF5Error.self) { try read(bytes, .layer("count")) }
    #expect(error?.found == "counts, thin")
    #expect(error?.remedy == "did you mean counts?")
  }

  private func read(_ bytes: [UInt8], _ choice: AnnDataChoice) throws -> AnnDataContent {
    try AnnDataContent(HDF5File(bytes).root, choice)
  }

  private func expect(_ content: AnnDataContent, _ expected: AnnDataExpectation) {
    #expect(content.samples == expected.samples)
    #expect(content.features == expected.features)
    expect(content.columns, expected.columns)
  }

  private func expect(
    _ columns: [AnnDataColumn], _ expected: [String: [AnnDataExpectation.Value]]
  ) {
    #expect(Set(columns.map(\.name)) == Set(expected.keys))
    for column in columns {
      let values = expected[column.name] ?? []
      #expect(values.count == column.texts.count)
      for (value, text) in zip(values, column.texts) {
        #expect(value.agrees(with: text), "\(column.name): \(value) and \(text ?? "nothing")")
      }
    }
  }

  private func expect(_ values: Matrix, _ expected: [[Double?]]) {
    #expect(values.rowCount == expected.count)
    for (i, row) in expected.enumerated() {
      #expect(values.row(i).map { $0.isNaN ? nil : $0 } == row)
    }
  }
}
