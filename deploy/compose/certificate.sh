#!/bin/bash
# certificate.sh <folder of the key> <folder of the certificate>: a key for the name "keycloak" that signs itself, unless
# there is one. KEYSTORE_PASSWORD is the password of the key store.
set -euo pipefail
store="$1/keycloak.p12"
certificate="$2/keycloak.pem"
if [ ! -s "$store" ]; then
  keytool -genkeypair -alias keycloak -keyalg EC -groupname secp256r1 -validity 3650 \
    -dname CN=keycloak -ext san=dns:keycloak \
    -storetype PKCS12 -keystore "$store" -storepass:env KEYSTORE_PASSWORD
  # Keycloak's account is in the group of root.
  chmod 0640 "$store"
fi
keytool -exportcert -rfc -alias keycloak -keystore "$store" -storepass:env KEYSTORE_PASSWORD -file "$certificate"
chmod 0644 "$certificate"
