import Boundary
import Cohort
import Evaluation
import Foundation
import PatientGraph
import Study

/// The files of `equipoise fuse`, from a finished analysis.
package struct FuseFiles {
  private let analysis: FuseAnalysis
  private let cohort: Cohort

  /// Fuses a cohort's modalities.
  ///
  /// - Throws: `PatientGraphError`.
  package init(
    cohort: Cohort, options: FuseAnalysis.Options, threads: Int
  ) throws(PatientGraphError) {
    self.cohort = cohort
    analysis = try FuseAnalysis(
      modalities: cohort.table.modalities.map {
        FuseAnalysis.Modality(
          name: $0.name, features: $0.values, isMeasured: $0.isMeasured)
      },
      options: options, threads: threads)
  }

  /// What `fuse.json` says; with agreement scores where there are labels.
  package var record: FuseRecord {
    guard let outcome = cohort.nominalOutcome else { return analysis.record }
    return analysis.record(labels: outcome.labels.map { $0 >= 0 ? $0 : nil })
  }

  /// All files by name; the rows of every matrix are those of `clusters.csv`.
  package func files(savingAffinities: Bool) throws -> [(name: String, bytes: Data)] {
    var files: [(name: String, bytes: Data)] = [
      ("fused.npy", Data(NumPyFile.bytes(analysis.network.fused))),
      ("clusters.csv", Data(clusters().utf8)), ("fuse.json", try record.sortedJSON()),
    ]
    guard savingAffinities else { return files }
    for modality in analysis.affinities {
      files.append(
        ("affinity-\(modality.name).npy", Data(NumPyFile.bytes(modality.spread))))
    }
    return files
  }

  private func clusters() -> String {
    var text = "sample,cluster\n"
    for (patient, cluster) in zip(cohort.table.patients, analysis.clusters) {
      text += "\(csvField(patient)),\(cluster)\n"
    }
    return text
  }
}

extension FuseFiles {
  /// A few lines for people.
  package func text(folder: String) -> String {
    let record = record
    var lines = [
      "patients    \(record.n)", "modalities  \(record.modalities.joined(separator: ", "))",
      "clusters    \(record.clusters) (largest eigengap: \(record.eigengap))",
    ]
    if let nmi = record.nmi, let ari = record.ari {
      lines.append("agreement   NMI \(rounded(nmi)), ARI \(rounded(ari)) with the labels")
    }
    lines.append("files       \(folder)")
    return lines.map { visibleText($0) }.joined(separator: "\n")
  }
}

/// Three decimals.
func rounded(_ value: Double) -> String {
  String(format: "%.3f", value)
}
