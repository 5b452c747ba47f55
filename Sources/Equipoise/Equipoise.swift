/// The public face: `import Equipoise` brings cohorts, studies and reports.
@_exported import Cohort
@_exported import Evaluation
@_exported import LinearAlgebra
@_exported import Report
@_exported import Study
