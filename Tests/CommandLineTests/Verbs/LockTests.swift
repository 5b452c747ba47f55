import Foundation
import Testing

@Suite struct LockTests {
  /// A study that takes long enough to be met in its work.
  private let long = "$E study c --methods quick --repeats 40 --threads 1 --quiet --out out"
  /// Until it is in its work, and then holds still.
  private let waiting = "while [ ! -e out/.tasks.jsonl ]; do sleep 0.01; done; kill -STOP $first"

  @Test func aSecondProcessEndsAtOnceAndNamesTheFirst() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      \(long) >/dev/null 2>&1 & first=$!
      \(waiting)
      for flag in "" --force --resume; do
        $E study c --methods quick --repeats 40 --quiet --out out $flag 2>errors; echo $?
        grep -c "found: process $first on host .* (equipoise study), since 20" errors
      done
      $E audit c --out out --force --quiet 2>errors; echo $?
      grep -c "process $first " errors
      kill $first; kill -CONT $first; wait $first; echo $?
      """, cohort)
    #expect(outcome.output == "73\n1\n73\n1\n73\n1\n73\n1\n75\n")
    #expect(cohort.outputNames == [".tasks.jsonl", "run.json"])
  }

  @Test func aKilledHolderFreesTheFolder() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      \(long) >/dev/null 2>&1 & first=$!
      \(waiting)
      kill -9 $first; wait $first 2>/dev/null
      ls -A out | tr '\\n' ' '
      $E study c --methods majority --repeats 1 --quiet --out out --force >/dev/null; echo $?
      """, cohort)
    #expect(outcome.output == ".equipoise.lock .tasks.jsonl run.json 0\n")
    #expect(!cohort.outputNames.contains(".equipoise.lock"))
  }

  @Test func anotherKernelCannotContinue() throws {
    let cohort = try CohortFolder()
    let first = try shell(
      """
      OPENBLAS_CORETYPE=Prescott \(long) >/dev/null 2>&1 & first=$!
      \(waiting)
      kill -9 $first; wait $first 2>/dev/null
      OPENBLAS_CORETYPE=Nehalem \(long) --resume
      """, cohort)
    // A host that is no x86 knows neither kernel, and goes on.
    #if arch(x86_64)
      #expect(first.code == 78)
      #expect(first.errors.contains("where: host.blas"))
    #endif
  }

  @Test func singleFilesAreLockedAsWell() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      $E train c --method logistic:mrna --model m --quiet >/dev/null || exit 1
      exec 9>.p.csv.lock
      if command -v flock >/dev/null; then flock 9; else echo 73; exit; fi
      $E predict m c --out p.csv --quiet 9>&-; echo $?
      """, cohort)
    #expect(outcome.output == "73\n")
  }

  @Test func leftoversOfAKillGo() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      mkdir out; echo x >out/.run.json.partial; echo x >out/.equipoise.lock
      $E study c --methods majority --repeats 1 --folds 2 --quiet --out out >/dev/null
      """, cohort)
    #expect(outcome.code == 0)
    #expect(cohort.outputNames.allSatisfy { !$0.hasPrefix(".") })
  }
}
