import Foundation
import Study
import Testing

@Suite struct ProcessorAllowanceTests {
  @Test func schedulersAllowanceIsKept() {
    #expect(ProcessorAllowance.count(environment: ["SLURM_CPUS_PER_TASK": "1"]) == 1)
    let free = ProcessorAllowance.count(environment: [:])
    #expect(free >= 1)
    #expect(free <= ProcessInfo.processInfo.activeProcessorCount)
    for text in ["many", "0", "-3"] {
      #expect(ProcessorAllowance.count(environment: ["SLURM_CPUS_PER_TASK": text]) == free)
    }
  }
}
