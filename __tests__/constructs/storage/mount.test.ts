import { tmpfsOptions } from "../../../constructs/storage/mount";

describe("tmpfsOptions", () => {
  it("lets nothing in memory be run or be a device, and gives it a size", () => {
    expect(tmpfsOptions({ sizeMiB: 4 })).toBe("rw,noexec,nosuid,nodev,size=4m,mode=0755");
    expect(tmpfsOptions({ sizeMiB: 1, owner: { uid: 999, gid: 998 }, mode: "0700" })).toBe(
      "rw,noexec,nosuid,nodev,size=1m,mode=0700,uid=999,gid=998",
    );
  });
});
