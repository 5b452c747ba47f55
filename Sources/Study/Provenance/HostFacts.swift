import Foundation
import LinearAlgebra

/// What of the host may change the last digits of a number.
public struct HostFacts: Codable, Equatable, Sendable {
  /// Operating system with its version.
  public let os: String
  /// Processor model.
  public let cpu: String
  /// BLAS with its version and kernel.
  public let blas: String

  /// Facts of this host.
  public static func current() -> HostFacts {
    HostFacts(
      os: ProcessInfo.processInfo.operatingSystemVersionString, cpu: processorModel(),
      blas: BLASThreads.description)
  }

  private static func processorModel() -> String {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    let value = line?.split(separator: ":", maxSplits: 1).last
    return value?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
