import Cohort
import Equipoise
import Foundation
import Study

/// From flags to the files of `fuse`.
struct FuseJob {
  let settings: Settings
  let cohort: CohortOptions
  let fuse: FuseFlags
  let output: OutputOptions
  let tables: TableOptions
  let runtime: RunOptions

  func run() throws {
    let console = try settings.console(runtime)
    let name = try settings.cohortName(cohort)
    let threads = try settings.threads(runtime)
    let options = try settings.fuseOptions(fuse)
    let savesAffinities = try settings.truth(fuse.saveAffinities, "saveAffinities")
    let output = try settings.claim(output, verb: "fuse", cohort: name)
    defer { output.release() }
    let loaded = try settings.load(name, cohort, labels: .ifPresent, threads: threads)
    loaded.tell(console)
    let configuration = RunManifest.Configuration(
      cohort: loaded.name, label: loaded.cohort.nominalOutcome?.column,
      filters: loaded.filters, modalities: loaded.cohort.table.modalities.map(\.name),
      chosenModalities: loaded.areModalitiesChosen,
      options: [
        "neighbors": "\(options.neighbors)", "mu": "\(options.bandwidthScale)",
        "iterations": "\(options.iterations)", "metric": options.metric.rawValue,
        "variant": options.variant.rawValue, "scale": options.scaling.rawValue,
        "clusters": options.clusterCount.map { "\($0)" } ?? "auto",
        "save-affinities": "\(savesAffinities)",
      ],
      reading: loaded.reading, isSpreadsheetSafe: try settings.isSpreadsheetSafe(tables))
    var manifest = RunManifest(
      verb: "fuse", command: commandLine(), configuration: configuration, seed: options.seed,
      threads: threads, inputs: loaded.inputs)
    let fused = try FuseFiles(cohort: loaded.cohort, options: options, threads: threads)
    var files = configuration.asTables(try fused.files(savingAffinities: savesAffinities))
    manifest.finish(files.map { FileDigest(name: $0.name, bytes: $0.bytes) })
    files.append((RunManifest.fileName, try manifest.json()))
    try output.publish(files, console)
    for note in fused.record.notes { console.warn(note) }
    if try settings.truth(runtime.json, "json") {
      try Answer.json(String(decoding: try fused.record.sortedJSON(), as: UTF8.self))
    } else {
      try Answer.show(fused.text(folder: output.folder.path))
    }
  }
}
