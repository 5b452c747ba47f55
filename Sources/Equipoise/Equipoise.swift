@_exported import Cohort
