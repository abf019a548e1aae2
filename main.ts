import { App } from "cdktf";
import { Environments } from "./config";
import { Guestbook } from "./stacks/guestbook";

const app = new App();
for (const environment of Environments.load()) new Guestbook(app, environment.name, { environment });
app.synth();
