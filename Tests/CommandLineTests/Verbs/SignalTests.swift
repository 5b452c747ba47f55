import Foundation
import Testing

@Suite struct SignalTests {
  @Test(arguments: ["INT", "TERM", "HUP"])
  func aStudyIsInterruptedResumably(signal: String) throws {
    let cohort = try CohortFolder()
    let options = "--methods majority,logistic:mrna --repeats 60 --folds 2 --quiet"
    let outcome = try shell(
      """
      $E study c \(options) --out whole >/dev/null || exit 1
      $E study c \(options) --threads 1 --out out >/dev/null & first=$!
      while [ ! -e out/.tasks.jsonl ] && [ ! -e out/report.html ]; do sleep 0.01; done
      kill -STOP $first; kill -\(signal) $first; kill -CONT $first; wait $first; echo $?
      ls -A out | tr '\\n' ' '
      $E study c \(options) --out out --resume >/dev/null; echo $?
      for name in results.csv predictions.csv summary.json report.html folds.csv; do
        cmp whole/$name out/$name
      done
      """, cohort)
    #expect(outcome.output == "75\n.tasks.jsonl run.json 0\n")
    #expect(outcome.errors.contains("error[75]: interrupted; finished tasks are kept"))
    #expect(outcome.errors.contains("--resume"))
  }

  /// From the first moment: signals come earlier and later, until one meets the program after `main`
  /// has begun (before, the system ends it: 143) and before it is done (0).
  @Test(arguments: [
    "inspect big", "audit big --out out",
    "fuse big --out out",
    "train big --model out/m", "mi --x big/mrna.csv --y big/mrna.csv",
  ])
  func everyVerbEndsWithNothingHalfWritten(verb: String) throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      mkdir big; awk 'BEGIN { print "sample,label"; for (i = 0; i < 1000; i++)
        print "P" i "," (i % 2 ? "yes" : "no") }' >big/labels.csv
      awk 'BEGIN { printf "sample"; for (j = 0; j < 100; j++) printf ",g" j; print "";
        for (i = 0; i < 1000; i++) { printf "P" i; for (j = 0; j < 100; j++)
          printf ",%.4f", sin(12.9898 * i + 78.233 * j) + i % 2; print "" } }' >big/mrna.csv
      cp big/mrna.csv big/cnv.csv
      for delay in 0.3 0.2 0.1 0.05 0.03 0.5 0.02 0.01 1 2; do
        rm -rf out
        $E \(verb) --quiet >/dev/null 2>errors & first=$!
        sleep $delay; kill -TERM $first 2>/dev/null; wait $first; code=$?
        if [ $code = 75 ]; then cat errors >&2; break; fi
        case $code in 0 | 143) ;; *) break ;; esac
      done
      echo $code
      ls -A out 2>/dev/null
      """, cohort)
    #expect(outcome.output == "75\n")
    #expect(outcome.errors.contains("error[75]: interrupted; nothing was written"))
  }

  @Test func nohupIsKept() throws {
    let cohort = try CohortFolder()
    let outcome = try shell(
      """
      trap '' HUP
      $E study c --methods majority,logistic:mrna --repeats 10 --folds 2 --quiet --out out \
        >/dev/null & first=$!
      while [ ! -e out/.tasks.jsonl ] && [ ! -e out/report.html ]; do sleep 0.01; done
      kill -HUP $first; wait $first; echo $?
      """, cohort)
    #expect(outcome.output == "0\n")
  }
}
