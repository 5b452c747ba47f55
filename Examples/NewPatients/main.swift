// Trains a model, keeps it, and asks it about patients of whom one assay alone was measured.
import Equipoise
import Foundation

let file = FileManager.default.temporaryDirectory.appending(path: "acc.safetensors").path()
let request = CohortRequest("demo:acc", modalities: ["mrna", "rppa"])
let cohort = try readCohort(request).cohort

let trained = try Model.train(cohort)
try trained.save(to: file)

let model = try Model(path: file)
let newcomers = cohort.table.selecting(rows: [0, 1, 2]).selecting(modalities: ["mrna"])
let answer = try model.predict(newcomers, coverage: 0.8)
print(answer.csv)
for warning in answer.drift.warnings { print("look at this: \(warning)") }
print(try model.explain(newcomers).patients[0].contributions)
