"""The HTTP half of WHIP (RFC 9725) and WHEP: an offer out, an answer and a resource back."""

import urllib.error
import urllib.parse
import urllib.request


class Resource:
    """One session at the server: made by POST, ended by DELETE."""

    def __init__(self, url, token, offer):
        request = urllib.request.Request(
            url,
            data=offer.encode(),
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/sdp"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                if response.status != 201:
                    raise SystemExit(f"POST {url}: {response.status}, 201 expected")
                self.answer = response.read().decode()
                self.location = urllib.parse.urljoin(url, response.headers["Location"])
                self.etag = response.headers["ETag"]
        except urllib.error.HTTPError as refusal:
            raise SystemExit(f"POST {url}: {refusal.code} {refusal.read().decode()}")
        self.token = token

    def delete(self):
        request = urllib.request.Request(
            self.location, method="DELETE", headers={"Authorization": f"Bearer {self.token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status
