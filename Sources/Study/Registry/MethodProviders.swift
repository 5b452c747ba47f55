import Baselines
import Learning

extension MethodProvider {
  /// All providers of this build, one line each; the first that knows a name answers.
  public static let all: [MethodProvider] = [baselines, pipeline]

  /// The floor and the classical families.
  static let baselines = MethodProvider(
    names: { BaselineMethods.names(modalities: $0.modalities, hasCovariates: $0.hasCovariates) },
    learner: {
      BaselineMethods.learner(
        named: $0, modalities: $1.modalities, hasCovariates: $1.hasCovariates)
    })

  /// The presets of the pipeline: `equipoise`, `joint`, `paper`, their ablations, `snf-gcn`,
  /// `gcn:<modality>`, and balancers on a bare network (`ogm-ge`, `ogm-ge-linear`, …).
  static let pipeline = MethodProvider(
    names: { PipelineMethods.names(modalities: $0.modalities) },
    learner: { PipelineMethods.learner(named: $0, modalities: $1.modalities) })
}
