/// Records of a comma-separated text with their first line's number; blank lines are skipped.
func csvRecords(_ text: String) -> [(line: Int, fields: [String])] {
  var records = [(line: Int, fields: [String])]()
  var fields = [String]()
  var field = [UInt8]()
  var isQuoted = false
  var line = 1
  var start = 1
  var bytes = Array(text.utf8)
  if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
  func endField() {
    fields.append(String(decoding: field, as: UTF8.self))
    field = []
  }
  func endRecord() {
    endField()
    if fields != [""] { records.append((start, fields)) }
    fields = []
  }
  var i = 0
  while i < bytes.count {
    let byte = bytes[i]
    if byte == 0x0A { line += 1 }
    switch byte {
    case 0x22 where isQuoted && i + 1 < bytes.count && bytes[i + 1] == 0x22:
      field.append(byte)
      i += 1
    case 0x22: isQuoted.toggle()
    case _ where isQuoted: field.append(byte)
    case 0x2C: endField()
    case 0x0D: break
    case 0x0A:
      endRecord()
      start = line
    default: field.append(byte)
    }
    i += 1
  }
  if !field.isEmpty || !fields.isEmpty { endRecord() }
  return records
}
