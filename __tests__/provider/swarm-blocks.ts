/** What services of the tests read, by one name. */
export const secretAndConfig = (name: string): string => `resource "docker_secret" "s" {
  name = "${name}"
  data = base64encode("hush")
}
resource "docker_config" "c" {
  name     = "${name}"
  data_raw = "hello"
}
`;

/** In a container_spec: whose process it is, what it may, and by which names it is known. */
export const PROCESS = `      env               = { A = "1", B = "x=y" }
      user              = "65534"
      groups            = ["10"]
      dir               = "/tmp"
      hostname          = "full"
      init              = true
      stop_signal       = "SIGQUIT"
      read_only         = true
      cap_add           = ["NET_RAW"]
      cap_drop          = ["ALL"]
      isolation         = "default"
      labels {
        label = "a"
        value = "1"
      }
      hosts {
        host = "db"
        ip   = "198.51.100.9"
      }
`;
