import Foundation
import Study
import Synchronization

/// Progress of a study: one line that is rewritten on a terminal, a few plain lines elsewhere.
final class ProgressLine: Sendable {
  private let console: Console
  private let lastTenth = Mutex(0)

  init(console: Console) {
    self.console = console
  }

  /// Shows how far a study is.
  func show(_ progress: StudyProgress) {
    guard !console.isQuiet, progress.total > 0 else { return }
    let isDone = progress.done == progress.total
    let left = progress.secondsLeft.map { isDone ? "" : ", \(ProgressLine.words($0)) left" } ?? ""
    let text = "\(progress.done) of \(progress.total) tasks\(left)"
    if Console.isTerminal {
      console.write("\r\u{1B}[2K\(text)\(isDone ? "\n" : "")")
      return
    }
    let tenth = progress.done * 10 / progress.total
    let isNew = lastTenth.withLock { last in
      defer { last = tenth }
      return tenth > last
    }
    if isNew { console.note(text) }
  }

  private static func words(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded())) min"
    default: "\(Int((seconds / 3600).rounded())) h"
    }
  }
}
