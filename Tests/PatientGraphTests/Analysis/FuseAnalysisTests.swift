import Foundation
import LinearAlgebra
import PatientGraph
import Testing
import _TestSupport

@Suite("Fuse analysis")
struct FuseAnalysisTests {
  private func modalities(_ features: [Matrix], _ isMeasured: [[Bool]]? = nil)
    -> [FuseAnalysis.Modality]
  {
    features.enumerated().map { index, matrix in
      FuseAnalysis.Modality(
        name: "m\(index)", features: matrix,
        isMeasured: isMeasured?[index] ?? [Bool](repeating: true, count: matrix.rowCount))
    }
  }

  @Test("The whole way from raw tables equals the reference network")
  func reference() throws {
    let golden = Golden.shared["snf"]
    var options = FuseAnalysis.Options()
    options.neighbors = golden["K"].int
    options.iterations = golden["t"].int
    let analysis = try FuseAnalysis(
      modalities: modalities(golden["X"].items.map(\.matrix)), options: options)
    #expect(
      analysis.network.fused.maximumDifference(from: golden["snfpy_sqeuclidean"].matrix) <= 1e-10)
    #expect(analysis.record.notes.isEmpty)
    let first = analysis.affinities[0].spread.row(0)
    let expected = golden["affinity_sqeuclidean_view0_row0"].doubles
    #expect(zip(first, expected).allSatisfy { abs($0 - $1) <= 1e-12 })
  }

  @Test("Missing patients equal the partial reference; affinities keep their place")
  func partial() throws {
    let golden = Golden.shared["snf_partial"]
    let rows = golden["measured_rows"].items.map(\.ints)
    var features = Golden.shared["snf", "X"].items.map(\.matrix)
    for m in 0..<3 {
      for i in 0..<14 where !rows[m].contains(i) {
        for j in 0..<features[m].columnCount { features[m][i, j] = .nan }
      }
    }
    var options = FuseAnalysis.Options()
    options.neighbors = golden["K"].int
    options.iterations = golden["t"].int
    options.metric = .euclidean
    let analysis = try FuseAnalysis(modalities: modalities(features), options: options)
    #expect(analysis.network.fused.maximumDifference(from: golden["fused"].matrix) <= 1e-10)
    #expect(analysis.affinities[2].spread[0, 4].isNaN)
    #expect(analysis.affinities[2].spread[4, 5] > 0)
    #expect(analysis.affinities.map(\.patients) == rows)
  }

  @Test("Neighbors are lowered with a note, unusable modalities are left out with one")
  func notes() throws {
    var features = simulatedModalities(12)
    features.append(Matrix(rows: 12, columns: 3, repeating: 4))
    features.append(Matrix(rows: 12, columns: 2, repeating: .nan))
    let analysis = try FuseAnalysis(modalities: modalities(features))
    #expect(analysis.record.neighbors == 11)
    #expect(analysis.record.modalities == ["m0", "m1", "m2"])
    #expect(analysis.record.notes.count == 5)
    #expect(analysis.record.notes[0].contains("lowered from 20 to 11"))
    #expect(analysis.network.fused.values.allSatisfy { $0.isFinite })
  }

  @Test("Missing cells and duplicated patients give a finite network")
  func gapsAndDuplicates() throws {
    var features = simulatedModalities(40)
    for i in 0..<40 { features[1][i, i % 12] = .nan }
    for i in 1..<9 { features[0].setRow(i, features[0].row(0)) }
    var options = FuseAnalysis.Options()
    options.neighbors = 5
    for metric in DistanceMetric.allCases {
      options.metric = metric
      let analysis = try FuseAnalysis(modalities: modalities(features), options: options)
      #expect(analysis.network.fused.values.allSatisfy { $0.isFinite })
      if metric == .sqeuclidean || metric == .euclidean {
        #expect(analysis.record.notes.contains { $0.contains("exact duplicates") })
      }
    }
  }

  @Test("The record has every key, null without labels, scores with them")
  func record() throws {
    let features = simulatedModalities(60, columns: [20, 20], seed: 11)
    var options = FuseAnalysis.Options()
    options.neighbors = 10
    let analysis = try FuseAnalysis(modalities: modalities(features), options: options, threads: 2)
    let data = try JSONEncoder().encode(analysis.record)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(
      object.keys.sorted() == [
        "ari", "clusters", "convergence", "eigengap", "iterations", "metric", "modalities", "mu",
        "n", "neighbors", "nmi", "notes", "variant",
      ])
    #expect(object["nmi"] is NSNull && object["ari"] is NSNull)
    #expect(object["variant"] as? String == "snftool-2.2")
    #expect(object["metric"] as? String == "sqeuclidean")
    #expect(try JSONDecoder().decode(FuseRecord.self, from: data) == analysis.record)
    #expect(analysis.record(labels: [Int?](repeating: nil, count: 60)) == analysis.record)
    let scored = analysis.record(labels: (0..<60).map { $0 == 5 ? nil : $0 % 3 })
    #expect(scored.clusters == 3 && scored.eigengap == 3)
    #expect(scored.ari == 1)
    #expect(abs((scored.nmi ?? 0) - 1) < 1e-14)
    options.clusterCount = 5
    let five = try FuseAnalysis(modalities: modalities(features), options: options)
    #expect(Set(five.clusters).count == 5 && five.record.clusters == 5)
    #expect(five.record.eigengap == 3)
    #expect(five.network == analysis.network)
  }

  @Test("Bad input is refused by its code")
  func errors() {
    func code(_ modalities: [FuseAnalysis.Modality], _ options: FuseAnalysis.Options = .init())
      -> PatientGraphError.Code?
    {
      do {
        _ = try FuseAnalysis(modalities: modalities, options: options)
        return nil
      } catch { return error.code }
    }
    let good = simulatedModalities(10)
    #expect(code([]) == .noModality)
    #expect(code(modalities([good[0], good[1].selecting(rows: [0, 1])])) == .shapeMismatch)
    var infinite = good[0]
    infinite[2, 1] = .infinity
    #expect(code(modalities([infinite])) == .notFinite)
    #expect(code(modalities([Matrix(rows: 4, columns: 2, repeating: .nan)])) == .tooFewPatients)
    var options = FuseAnalysis.Options()
    options.neighbors = 0
    #expect(code(modalities(good), options) == .optionOutOfRange)
    options = FuseAnalysis.Options()
    options.bandwidthScale = 0
    #expect(code(modalities(good), options) == .optionOutOfRange)
    options = FuseAnalysis.Options()
    options.clusterCount = 11
    #expect(code(modalities(good), options) == .optionOutOfRange)
  }

  @Test("NumPy files: header fills 64 bytes, then little-endian float64 row by row")
  func numPy() {
    let bytes = NumPyFile.bytes(Matrix([[1, 2, 3], [4, 5, .nan]]))
    #expect(bytes.count == 128 + 48)
    #expect(Array(bytes[0..<8]) == [0x93] + Array("NUMPY".utf8) + [1, 0])
    #expect(Int(bytes[8]) + 256 * Int(bytes[9]) == 118)
    let header = String(decoding: bytes[10..<128], as: UTF8.self)
    #expect(
      header.hasPrefix("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }"))
    #expect(header.hasSuffix(" \n"))
    let values = (0..<6).map { k in
      Double(
        bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[128 + 8 * k + $1]) << (8 * $1) })
    }
    #expect(Array(values.prefix(5)) == [1, 2, 3, 4, 5])
    #expect(values[5].isNaN)
  }
}
