import Cohort
import Foundation
import Learning
import Study

/// A relational network with some constants changed, by a name such as
/// `dynamic-balance@epochs=600@patience=600`.
struct NetworkVariant {
  /// The name.
  let name: String
  /// The changed configuration.
  let configuration: RelationalNetworkConfiguration

  /// What can be changed.
  static let keys = changes.map(\.key)

  private typealias Change =
    @Sendable (
      inout RelationalNetworkConfiguration, String
    ) -> Bool

  private static let changes: [(key: String, change: Change)] = [
    ("epochs", count(\.epochs)),
    ("patience", count(\.patience)),
    ("warm-up", count(\.warmUpEpochs)),
    ("rate", number(\.learningRate)),
    ("normalizes", flag(\.normalizesGradients)),
    ("balance", flag(\.usesBalance)),
    ("distillation", flag(\.usesDistillation)),
    ("emphasis", flag(\.usesEmphasis)),
    ("mi", flag(\.usesInformation)),
    ("f1", flag(\.usesMacroF1)),
    ("shuffled", flag(\.shufflesGuidance)),
    ("gradients", flag(\.balancesGradients)),
    ("signal", named(\.balanceSignal)),
    ("descent", named(\.optimization)),
    ("hasten", hasten),
    ("noise", flag(\.addsGradientNoise)),
    ("strength", strength),
  ]

  /// The variant of that name; nil for any other.
  init?(name: String) {
    let parts = name.split(separator: "@").map(String.init)
    guard parts.count > 1, var configuration = RelationalNetworkConfiguration(method: parts[0])
    else { return nil }
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, let found = Self.changes.first(where: { $0.key == pair[0] }),
        found.change(&configuration, pair[1])
      else { return nil }
    }
    self.name = name
    self.configuration = configuration
  }

  private static func count(
    _ path: WritableKeyPath<RelationalNetworkConfiguration, Int> & Sendable
  ) -> Change {
    { configuration, text in
      guard let value = Int(text), value >= 0 else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  private static func number(
    _ path: WritableKeyPath<RelationalNetworkConfiguration, Double> & Sendable
  ) -> Change {
    { configuration, text in
      guard let value = Double(text), value > 0 else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  private static func named<Value: RawRepresentable<String>>(
    _ path: WritableKeyPath<RelationalNetworkConfiguration, Value> & Sendable
  ) -> Change {
    { configuration, text in
      guard let value = Value(rawValue: text) else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }

  /// `MODALITY:FACTOR`.
  private static let hasten: Change = { configuration, text in
    let pair = text.split(separator: ":").map(String.init)
    guard pair.count == 2, let factor = Double(pair[1]), factor > 0 else { return false }
    configuration.encoderSpeeds[pair[0]] = factor
    return true
  }

  private static let strength: Change = { configuration, text in
    guard let value = Double(text), value >= 0 else { return false }
    configuration.balancerStrength = value
    return true
  }

  private static func flag(
    _ path: WritableKeyPath<RelationalNetworkConfiguration, Bool> & Sendable
  ) -> Change {
    { configuration, text in
      guard let value = ["yes": true, "no": false][text] else { return false }
      configuration[keyPath: path] = value
      return true
    }
  }
}

extension MethodProvider {
  /// Variants of relational networks, for studies of the method alone.
  static let networkVariants = MethodProvider(
    names: { _ in [] },
    learner: { name, _ in
      NetworkVariant(name: name).map {
        PipelineLearner(name: name, configuration: .network($0.configuration))
      }
    })
}
