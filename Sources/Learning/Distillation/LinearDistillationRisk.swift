/// Excess risk of distillation in closed form, where it can be known: a linear student fitted by
/// least squares on d Gaussian features, the teacher with share a in its target,
///
/// - on n labelled patients alone, n > d + 1, k = d/(n-d-1):
///   R(a) = a² B + k[(1-a)² σ_y² + 2a(1-a) c + a² σ_t²];
/// - with the teacher on u further, unlabelled patients, k_u = d/(u-d-1):
///   R(a) = a² B + (1-a)² k σ_y² + a² k_u σ_t².
///
/// On labelled patients a teacher helps if and only if σ_y² > c, and the more the fewer patients
/// there are. On unlabelled ones some share always helps; a given share a does where
/// a (B + k σ_y² + k_u σ_t²) < 2 k σ_y². Source: ours (expectation of the inverse Wishart matrix,
/// designs of both groups alike); checked by simulation.
package struct LinearDistillationRisk: Equatable, Sendable {
  /// n, labelled patients.
  package let patientCount: Int
  /// u, unlabelled patients whom the teacher labels; 0: it speaks of the labelled ones.
  package let unlabelledCount: Int
  /// d, features of the student, or what a ridge leaves of them.
  package let degreesOfFreedom: Double
  /// B: squared distance of the teacher's best student-space projection from the truth.
  package let teacherBias: Double
  /// σ_y²: variance of the label around the truth.
  package let labelVariance: Double
  /// σ_t²: variance of the teacher around its projection.
  package let teacherVariance: Double
  /// c: covariance of both residuals; plays no part where the teacher speaks of other patients.
  package let covariance: Double

  /// A setting; `patientCount`, and `unlabelledCount` unless it is 0, must exceed
  /// `degreesOfFreedom` + 1.
  package init(
    patientCount: Int, unlabelledCount: Int = 0, degreesOfFreedom: Double, teacherBias: Double,
    labelVariance: Double, teacherVariance: Double, covariance: Double
  ) {
    precondition(
      Double(patientCount) > degreesOfFreedom + 1
        && (unlabelledCount == 0 || Double(unlabelledCount) > degreesOfFreedom + 1),
      "more patients than features + 1 are needed")
    self.patientCount = patientCount
    self.unlabelledCount = unlabelledCount
    self.degreesOfFreedom = degreesOfFreedom
    self.teacherBias = teacherBias
    self.labelVariance = labelVariance
    self.teacherVariance = teacherVariance
    self.covariance = covariance
  }

  private func inflation(_ count: Int) -> Double {
    degreesOfFreedom / (Double(count) - degreesOfFreedom - 1)
  }

  /// Variances of the label's part, of the teacher's, and their covariance, of a whole share each.
  private var terms: (label: Double, teacher: Double, both: Double) {
    let own = inflation(patientCount)
    return unlabelledCount == 0
      ? (own * labelVariance, own * teacherVariance, own * covariance)
      : (own * labelVariance, inflation(unlabelledCount) * teacherVariance, 0)
  }

  /// R(a) for a share `a` of the teacher in the target.
  package func risk(teacherShare a: Double) -> Double {
    let terms = terms
    return a * a * (teacherBias + terms.teacher) + (1 - a) * (1 - a) * terms.label
      + 2 * a * (1 - a) * terms.both
  }

  /// The share of least risk; 0 where all shares are equal.
  package var bestTeacherShare: Double {
    let terms = terms
    let curvature = teacherBias + terms.label - 2 * terms.both + terms.teacher
    return curvature > 0 ? (terms.label - terms.both) / curvature : 0
  }

  /// Whether some share of the teacher beats none.
  package var helps: Bool { terms.label > terms.both }
}
