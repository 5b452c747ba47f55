import Evaluation
import Foundation
import Testing

@Suite struct SpreadsheetSafetyTests {
  private let table =
    "sample,class,x\n=1+1,+,-1.5\n\"@a, \"\"b\"\"\",'-,inf\n-5,\"\tt\",-2e3\n\"\rr\",'x,\n''=y,a=b,+7\n"

  @Test func onlyTextThatWouldRunIsMarked() {
    let expected =
      "sample,class,x\n'=1+1,'+,-1.5\n\"'@a, \"\"b\"\"\",''-,inf\n-5,'\tt,-2e3\n\"'\rr\",'x,\n"
      + "'''=y,a=b,+7\n"
    #expect(SpreadsheetSafety.guarded(table) == expected)
  }

  @Test func markedTablesAreGivenBackExactly() {
    let plain = SpreadsheetSafety.guarded(table)
    let again = SpreadsheetSafety.restored(plain)
    // A field that was quoted without need loses its quotes; its text is the same.
    #expect(again == table.replacing("\"\tt\"", with: "\tt"))
    #expect(SpreadsheetSafety.guarded(again) == plain)
  }

  @Test func otherFilesStay() {
    let bytes = Data("=x\n".utf8)
    let files = SpreadsheetSafety.guarded([("a.csv", bytes), ("a.json", bytes)])
    #expect(files.map(\.bytes) == [Data("'=x\n".utf8), bytes])
  }
}
