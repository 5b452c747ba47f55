/// Excess risk of distillation in closed form, where it can be known: a linear student fitted by
/// least squares to (1-a) y + a t on n patients with d Gaussian features, n > d + 1,
///
/// R(a) = a² B + k[(1-a)² σ_y² + 2a(1-a) c + a² σ_t²], k = d/(n-d-1).
///
/// A teacher helps if and only if σ_y² > c, and the more the fewer patients there are. Source: ours
/// (expectation of the inverse Wishart matrix); checked by simulation.
package struct LinearDistillationRisk: Equatable, Sendable {
  /// n, patients.
  package let patientCount: Int
  /// d, features of the student.
  package let featureCount: Int
  /// B: squared distance of the teacher's best student-space projection from the truth.
  package let teacherBias: Double
  /// σ_y²: variance of the label around the truth.
  package let labelVariance: Double
  /// σ_t²: variance of the teacher around its projection.
  package let teacherVariance: Double
  /// c: covariance of both residuals.
  package let covariance: Double

  /// A setting; `patientCount` must exceed `featureCount` + 1.
  package init(
    patientCount: Int, featureCount: Int, teacherBias: Double, labelVariance: Double,
    teacherVariance: Double, covariance: Double
  ) {
    precondition(patientCount > featureCount + 1, "more patients than features + 1 are needed")
    self.patientCount = patientCount
    self.featureCount = featureCount
    self.teacherBias = teacherBias
    self.labelVariance = labelVariance
    self.teacherVariance = teacherVariance
    self.covariance = covariance
  }

  private var inflation: Double {
    Double(featureCount) / Double(patientCount - featureCount - 1)
  }

  /// R(a) for a share `a` of the teacher in the target.
  package func risk(teacherShare a: Double) -> Double {
    let noise =
      (1 - a) * (1 - a) * labelVariance + 2 * a * (1 - a) * covariance
      + a * a * teacherVariance
    return a * a * teacherBias + inflation * noise
  }

  /// The share a* of least risk, k(σ_y² - c)/(B + k(σ_y² - 2c + σ_t²)); 0 where all shares are
  /// equal.
  package var bestTeacherShare: Double {
    let curvature =
      teacherBias + inflation * (labelVariance - 2 * covariance + teacherVariance)
    return curvature > 0 ? inflation * (labelVariance - covariance) / curvature : 0
  }

  /// Whether some share of the teacher beats none.
  package var helps: Bool { labelVariance > covariance }
}
