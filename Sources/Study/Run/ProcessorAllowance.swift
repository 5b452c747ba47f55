import Foundation

/// How many processors this process may use.
public enum ProcessorAllowance {
  /// The least of affinity, control-group quota and `SLURM_CPUS_PER_TASK`; at least 1.
  public static func count(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Int {
    // On Linux the active count follows the process's affinity mask.
    var allowed = ProcessInfo.processInfo.activeProcessorCount
    if let quota = controlGroupQuota() { allowed = min(allowed, quota) }
    if let text = environment["SLURM_CPUS_PER_TASK"], let count = Int(text), count > 0 {
      allowed = min(allowed, count)
    }
    return max(1, allowed)
  }

  /// Whole processors granted by control groups, version 2 or 1; nil without a quota.
  private static func controlGroupQuota() -> Int? {
    let membership = text("/proc/self/cgroup") ?? ""
    var quotas = [Double]()
    for line in membership.split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let controllers = parts[1].split(separator: ",")
      if parts[1].isEmpty {
        quotas += folders("/sys/fs/cgroup", below: String(parts[2])).compactMap(versionTwoQuota)
      } else if controllers.contains("cpu") {
        for root in ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"] {
          quotas += folders(root, below: String(parts[2])).compactMap(versionOneQuota)
        }
      }
    }
    return quotas.min().map { max(1, Int($0)) }
  }

  /// A group's folder and those of its parents: the tightest quota on the way counts.
  private static func folders(_ root: String, below path: String) -> [String] {
    var result = [root]
    for part in path.split(separator: "/") { result.append(result[result.count - 1] + "/\(part)") }
    return result
  }

  private static func versionTwoQuota(_ folder: String) -> Double? {
    let parts = (text("\(folder)/cpu.max") ?? "").split { $0 == " " || $0 == "\n" }
    return parts.count == 2 ? quota(parts[0], period: parts[1]) : nil
  }

  private static func versionOneQuota(_ folder: String) -> Double? {
    guard let allowed = text("\(folder)/cpu.cfs_quota_us"),
      let period = text("\(folder)/cpu.cfs_period_us")
    else { return nil }
    return quota(allowed.dropLast(while: \.isNewline), period: period.dropLast(while: \.isNewline))
  }

  private static func quota(_ allowed: Substring, period: Substring) -> Double? {
    guard let allowed = Double(allowed), let period = Double(period), allowed > 0, period > 0
    else { return nil }
    return allowed / period
  }

  private static func text(_ path: String) -> String? {
    try? String(contentsOfFile: path, encoding: .utf8)
  }
}

extension String {
  fileprivate func dropLast(while isDropped: (Character) -> Bool) -> Substring {
    var rest = self[...]
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return rest
  }
}
