import Cohort

/// Every balancing rule, by the name it goes by.
public enum BalancerName: String, CaseIterable, Hashable, Sendable {
  /// No balance: the fused loss alone.
  case fusedOnly = "fused-only"
  /// L_f + Σ L_m.
  case equalWeights = "equal-weights"
  /// Our weights from macro-F1 and mutual information, at gradient level.
  case dynamicBalance = "dynamic-balance"
  /// Peng et al. (2022).
  case ogmGE = "ogm-ge"
  /// Li et al. (2023).
  case agm
  /// Kendall, Gal & Cipolla (2018).
  case uncertainty
  /// Fan et al. (2023).
  case pmr
  /// Wang, Tran & Feiszli (2020).
  case gradientBlending = "gradient-blending"
  /// Wei & Hu (2024).
  case mmPareto = "mmpareto"
  /// Hua et al. (2024).
  case reconBoost = "reconboost"
  /// Du et al. (2023).
  case umt

  /// The rule for one training.
  ///
  /// A single modality has nothing to be balanced with: rivals then follow the fused loss.
  package func balancer(_ setting: NetworkSetting, _ guidance: NetworkGuidance) -> any Balancer {
    let configuration = setting.configuration
    if self == .dynamicBalance, let weights = guidance.weights {
      return DynamicBalance(weights, configuration: configuration)
    }
    guard setting.graph.names.count > 1 else { return FusedOnly() }
    switch self {
    case .fusedOnly, .dynamicBalance: return FusedOnly()
    case .equalWeights: return EqualWeights()
    case .ogmGE:
      return OGMGE(
        strength: configuration.balancerStrength, addsNoise: configuration.addsGradientNoise)
    case .agm: return AGM()
    case .uncertainty:
      return UncertaintyWeighting(
        branchCount: setting.graph.names.count, learningRate: configuration.learningRate)
    case .pmr: return PMR()
    case .gradientBlending:
      return GradientBlending(branchCount: setting.graph.names.count)
    case .mmPareto: return MMPareto()
    case .reconBoost: return ReconBoost()
    case .umt: return UMT(setting)
    }
  }

  /// Whether the rule does no more than scale gradients: Adam's steps hardly change by that.
  var scalesGradients: Bool { self == .ogmGE || self == .agm || self == .fusedOnly }
}

/// A balancer on a bare network: no distillation, no emphasis, no averaging.
public struct BalancedMethod: Hashable, Sendable {
  /// The rule.
  public let balancer: BalancerName
  /// The network it trains.
  public let backbone: RelationalNetworkConfiguration.Backbone
  /// How the network follows its gradients.
  public let optimization: RelationalNetworkConfiguration.Optimization

  /// All such methods: every rule on two layers, then on the linear network (`-linear`), and those
  /// that scale gradients also by descent whose steps follow that scale (`-sgd`).
  public static let all: [BalancedMethod] =
    BalancerName.allCases.map { BalancedMethod($0, .twoLayer, .adam) }
    + BalancerName.allCases.map { BalancedMethod($0, .linear, .adam) }
    + BalancerName.allCases.filter(\.scalesGradients)
    .map { BalancedMethod($0, .twoLayer, .momentum) }

  private init(
    _ balancer: BalancerName, _ backbone: RelationalNetworkConfiguration.Backbone,
    _ optimization: RelationalNetworkConfiguration.Optimization
  ) {
    self.balancer = balancer
    self.backbone = backbone
    self.optimization = optimization
  }

  /// The method of that name; nil for any other.
  public init?(name: String) {
    guard let method = Self.all.first(where: { $0.name == name }) else { return nil }
    self = method
  }

  /// For example `ogm-ge`, `ogm-ge-linear`, `ogm-ge-sgd`.
  public var name: String {
    balancer.rawValue + (backbone == .linear ? "-linear" : "")
      + (optimization == .momentum ? "-sgd" : "")
  }

  /// What the network is made of.
  var configuration: RelationalNetworkConfiguration {
    var configuration = RelationalNetworkConfiguration.paper
    configuration.trainAsPublished()
    configuration.balancer = balancer
    configuration.backbone = backbone
    configuration.optimization = optimization
    configuration.usesDistillation = false
    configuration.usesEmphasis = false
    return configuration
  }
}
