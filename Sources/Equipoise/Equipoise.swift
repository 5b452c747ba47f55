/// The public face: `import Equipoise` brings cohorts, studies, reports and mutual information.
@_exported import Cohort
@_exported import Evaluation
@_exported import LinearAlgebra
@_exported import MutualInformation
@_exported import Report
@_exported import Study
