/// Exit codes after sysexits.h.
enum ExitStatus: Int32 {
  case usage = 64
  case data = 65
  case inputMissing = 66
  case internalError = 70
  case cannotWrite = 73
  case inputOutput = 74
  case interrupted = 75
  case configuration = 78
}
