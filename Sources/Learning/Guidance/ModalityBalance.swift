import LinearAlgebra

/// Loss weights that lift weak informative modalities, hold dominant ones back and give noise its
/// floor share only.
///
/// Of modality m with macro-F1 F_m, label information I_m and unique information U_m (nats), and
/// with label entropy H: i_m = min(1, I_m⁺/H), u_m = min(1, U_m⁺/H);
/// activity a_m = min(1, i_m/v₀); deficit D_m = (max_{j: a_j > 0} F_j - F_m)⁺;
/// informativeness V_m = (1-ρ) i_m + ρ u_m; D̂_m = min(1, D_m / max(max_j a_j D_j, d₀));
/// V̂_m = V_m / max(max_j V_j, v₀); score s_m = D̂_m V̂_m; p ∝ a e^{s/τ};
/// w_m = M[(1 - Mφ) p_m + φ].
///
/// Source: ours. The abstract of Xie & Sanguinetti (2025) names macro-F1 and mutual information as
/// what sets the weights, but its equations are not known to us.
package struct ModalityBalance: Equatable, Sendable {
  /// τ > 0: the larger, the more equal the weights.
  package var temperature: Double
  /// φ ≥ 0: share that every modality keeps; 1/(2M) is used where Mφ would reach 1.
  package var floorShare: Double
  /// d₀ > 0: differences in macro-F1 below it count as noise.
  package var deficitFloor: Double
  /// v₀ > 0: normalised information at which a modality counts as fully active.
  package var informationFloor: Double
  /// ρ in 0…1: weight of unique information in informativeness.
  package var uniqueShare: Double
  /// Whether information counts; without it a = V̂ = 1 (ablation `no-mi`).
  package var usesInformation: Bool
  /// Whether deficits in macro-F1 count; without them D̂ = 1 (ablation `no-f1`).
  package var usesDeficit: Bool

  /// A rule with the standard constants.
  package init(
    temperature: Double = 0.5, floorShare: Double = 0.05, deficitFloor: Double = 0.05,
    informationFloor: Double = 0.05, uniqueShare: Double = 0.5, usesInformation: Bool = true,
    usesDeficit: Bool = true
  ) {
    precondition(
      temperature > 0 && floorShare >= 0 && deficitFloor > 0 && informationFloor > 0,
      "temperature and floors must be positive")
    precondition((0...1).contains(uniqueShare), "the unique share lies between 0 and 1")
    self.temperature = temperature
    self.floorShare = floorShare
    self.deficitFloor = deficitFloor
    self.informationFloor = informationFloor
    self.uniqueShare = uniqueShare
    self.usesInformation = usesInformation
    self.usesDeficit = usesDeficit
  }

  /// Activities a_m and scores s_m, both in 0…1.
  ///
  /// - Parameter labelEntropy: H(Y) in nats; 0 makes every modality uninformative.
  package func scores(
    _ signals: [ModalitySignal], labelEntropy: Double
  ) -> (activities: [Double], scores: [Double]) {
    let count = signals.count
    let ones = [Double](repeating: 1, count: count)
    func normalized(_ nats: Double) -> Double {
      labelEntropy > 0 ? min(1, max(nats, 0) / labelEntropy) : 0
    }
    let information = signals.map { normalized($0.labelInformation) }
    let unique = signals.map { normalized($0.uniqueInformation) }
    let activities = usesInformation ? information.map { min(1, $0 / informationFloor) } : ones

    let active = signals.indices.filter { activities[$0] > 0 }
    let best =
      (active.isEmpty ? Array(signals.indices) : active)
      .map { signals[$0].macroF1 }.max() ?? 0
    let deficits = signals.map { max(best - $0.macroF1, 0) }
    let largest = max(zip(activities, deficits).map { $0 * $1 }.max() ?? 0, deficitFloor)
    let relativeDeficits = usesDeficit ? deficits.map { min(1, $0 / largest) } : ones

    let informativeness = zip(information, unique).map {
      (1 - uniqueShare) * $0 + uniqueShare * $1
    }
    let scale = max(informativeness.max() ?? 0, informationFloor)
    let relativeInformation = usesInformation ? informativeness.map { $0 / scale } : ones
    return (activities, zip(relativeDeficits, relativeInformation).map { $0 * $1 })
  }

  /// Weights w, one per modality: they sum to M, and none is below Mφ.
  ///
  /// Finite for every finite input; 1 throughout where nothing tells the modalities apart, and
  /// where none is informative.
  package func weights(_ signals: [ModalitySignal], labelEntropy: Double) -> [Double] {
    let count = Double(signals.count)
    let (activities, scores) = scores(signals, labelEntropy: labelEntropy)
    // Measured from the best active score, so that a small τ cannot overflow.
    let active = signals.indices.filter { activities[$0] > 0 }
    let top = active.map { scores[$0] }.max() ?? 0
    let raw =
      active.isEmpty
      ? [Double](repeating: 1, count: signals.count)
      : signals.indices.map { m in
        activities[m] > 0 ? activities[m] * exponential((scores[m] - top) / temperature) : 0
      }
    let total = raw.reduce(0, +)
    let floor = count * floorShare < 1 ? floorShare : 1 / (2 * count)
    return raw.map { count * ((1 - count * floor) * ($0 / total) + floor) }
  }

  /// w ← .8 w + .2 w_new, entry by entry: keeps the sum and the floor.
  ///
  /// - Parameter share: part of the new weights, 0…1.
  package static func smoothed(
    _ weights: [Double], toward new: [Double], share: Double = 0.2
  ) -> [Double] {
    precondition(weights.count == new.count, "one weight per modality")
    return zip(weights, new).map { (1 - share) * $0 + share * $1 }
  }
}
