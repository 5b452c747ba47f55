import HDF5
import Testing

@Suite struct HDF5FileTests {
  @Test func otherBytesAreNoFile() {
    #expect(throws: HDF5Error(.notHDF5, path: "/")) {
      try HDF5File(Array("no HDF5".utf8))
    }
  }
}
